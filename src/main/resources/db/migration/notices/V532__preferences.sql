create table notice_preference (
    username varchar(64) primary key,
    digest boolean not null,
    changed_at timestamp with time zone not null
);

-- Until the morning of that day somebody is not reminded of an obligation, and on it once more.
create table notice_snooze (
    obligation_id uuid not null,
    username varchar(64) not null,
    until_day date not null,
    set_at timestamp with time zone not null,
    woken boolean not null,
    primary key (obligation_id, username)
);
create index notice_snooze_due on notice_snooze (woken, until_day);

-- What somebody wished not to get as a mail of its own; counts as told.
create table notice_withheld (
    obligation_id uuid not null,
    milestone varchar(200) not null,
    email_key varchar(320) not null,
    username varchar(64) not null,
    kind varchar(60) not null,
    why varchar(8) not null check (why in ('DIGEST', 'SNOOZE')),
    told_at timestamp with time zone not null,
    digest_day date,
    primary key (obligation_id, milestone, email_key)
);
create index notice_withheld_open on notice_withheld (username, digest_day);

-- The digest of a day is written once, whichever node comes first.
create table notice_digest (
    username varchar(64) not null,
    on_day date not null,
    written_at timestamp with time zone not null,
    primary key (username, on_day)
);
