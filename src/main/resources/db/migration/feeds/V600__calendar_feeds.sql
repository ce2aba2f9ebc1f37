-- Calendars that programs subscribe to by a secret address; only the address's hash is kept.
create table calendar_feed (
    id uuid primary key,
    token_hash varchar(64) not null unique,
    -- ALL, PARTY or DUTY
    scope varchar(8) not null,
    -- the Party's code or the duty's key; null for all
    subject varchar(64),
    -- language of the entries
    language varchar(8) not null,
    owner varchar(64) not null,
    created_at timestamp with time zone not null,
    revoked_at timestamp with time zone
);
create index calendar_feed_owner on calendar_feed (owner, revoked_at);
