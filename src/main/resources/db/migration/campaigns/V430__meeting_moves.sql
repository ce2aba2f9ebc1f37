-- A change of dates that deadlines follow: of a meeting, or of a notified date.
create table meeting_move (
    id uuid primary key,
    occasion varchar(64) not null,
    -- of the notified date; null where the meeting itself changed
    subject varchar(140),
    -- opening/closing as they are written, for example 2023-10-23/2023-10-28; the day of a notified date; empty if none
    dates_before varchar(40) not null,
    dates_after varchar(40) not null,
    provisional_before boolean not null,
    provisional_after boolean not null,
    -- number of the notification
    reference varchar(200),
    moved_by varchar(64) not null,
    moved_at timestamp with time zone not null
);
create index meeting_move_occasion on meeting_move (occasion, moved_at);

-- What a Party is told of it, once; the row is locked while one of the Party's cases is worked on.
create table meeting_move_party (
    move_id uuid not null references meeting_move (id),
    party_code varchar(3) not null,
    -- WAITING, FAILED or DONE
    state varchar(8) not null,
    attempts integer not null,
    -- how many notices were written when all was done
    told integer,
    error varchar(1000),
    primary key (move_id, party_code)
);
create index meeting_move_party_state on meeting_move_party (state, attempts);

create table meeting_move_item (
    move_id uuid not null references meeting_move (id),
    obligation_id uuid not null references obligation (id),
    deadline varchar(64) not null,
    party_code varchar(3) not null,
    duty varchar(64) not null,
    -- MOVES, or why it stays
    fate varchar(12) not null,
    from_on date not null,
    from_zone varchar(64) not null,
    from_origin varchar(16) not null,
    from_reference varchar(2000),
    from_provisional boolean not null,
    -- null where it stays
    to_on date,
    to_zone varchar(64),
    to_origin varchar(16),
    to_reference varchar(2000),
    to_provisional boolean,
    -- WAITING, FAILED, DONE, SKIPPED or STAYS
    state varchar(8) not null,
    done_at timestamp with time zone,
    error varchar(1000),
    primary key (move_id, obligation_id, deadline)
);
create index meeting_move_item_party on meeting_move_item (move_id, party_code, state);
