-- No scanner ever shipped with the application: what was noted as clean had been looked at by none. The note stays, and
-- one that says so supersedes it. An installation with a scanner of its own scans these documents now.
insert into document_scan (document_id, number, verdict, scanned_at)
select s.document_id, s.number + 1, 'UNSCANNED', s.scanned_at
from document_scan s
where s.verdict = 'CLEAN'
  and not exists (select 1 from document_scan newer where newer.document_id = s.document_id and newer.number > s.number);
