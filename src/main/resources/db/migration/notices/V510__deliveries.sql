-- the notice that this one repeats, or goes on in place of
alter table notice add column repeats uuid;
-- who let it go, kept it back, or said what became of it
alter table notice add column decided_by varchar(255);
alter table notice add column decided_at timestamp with time zone;

-- those never tried come first, so that what a bad address delays is only itself
drop index notice_due;
create index notice_due on notice (state, attempts, next_attempt_at, number);
create index notice_by_recipient on notice (email_key, sent_at);
create index notice_by_repeated on notice (repeats);

-- Which installation writes here, a name for these very data, and how often mail was taken out to be sent: a copy or an
-- older state of the data is told by them from what the installation itself remembers.
alter table mail_gate add column installation varchar(100);
alter table mail_gate add column incarnation uuid;
alter table mail_gate add column rounds bigint default 0 not null;
