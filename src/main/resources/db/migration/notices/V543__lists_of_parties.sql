-- One notice for what a rung tells one recipient of many Parties on one day.
create table notice_list (
    id uuid primary key,
    duty varchar(64) not null,
    occasion varchar(64) not null,
    -- with the name of its deadline where that is not the main one
    rung varchar(130) not null,
    kind varchar(60) not null,
    seat_code varchar(80) not null,
    as_copy boolean not null,
    email_key varchar(320) not null,
    on_day date not null,
    opened_at timestamp with time zone not null,
    notice_id uuid not null,
    constraint notice_list_once unique (duty, occasion, rung, email_key, on_day)
);
create index notice_list_of_notice on notice_list (notice_id);
create index notice_list_of_seat on notice_list (duty, occasion, seat_code);

-- What the list told instead of a notice of its own.
create table notice_list_member (
    list_id uuid not null,
    obligation_id uuid not null,
    milestone varchar(200) not null,
    told_at timestamp with time zone not null,
    primary key (obligation_id, milestone, list_id)
);
create index notice_list_member_of_list on notice_list_member (list_id);
