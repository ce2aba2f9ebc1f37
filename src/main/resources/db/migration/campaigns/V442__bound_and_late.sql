-- Parties that were asked for and that the duty did not bind, kept beside those it was opened for.
alter table campaign_party add column bound boolean default true not null;

-- Why a campaign was opened although its meeting or its last deadline was over.
alter table campaign add column late_reason varchar(1000);
