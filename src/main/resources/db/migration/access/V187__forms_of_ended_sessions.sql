-- Whose session a page's token belonged to, so that a form sent after the session's end is kept for that account alone.
create table page_token (
    token_hash varchar(64) primary key,
    username varchar(64) not null references account on delete cascade,
    created_at timestamp with time zone not null
);
create index page_token_age on page_token (created_at);

-- Forms that came after the session had ended, until they are sent or too old.
create table kept_form (
    id uuid primary key,
    username varchar(64) not null references account on delete cascade,
    kept_at timestamp with time zone not null,
    -- whether its owner has come back to it
    shown boolean default false not null,
    -- where it was sent, and the page that it stood on
    path varchar(1000) not null,
    page varchar(2000) not null,
    answers text not null
);
create index kept_form_owner on kept_form (username, kept_at);
create index kept_form_age on kept_form (kept_at);

create table kept_file (
    form_id uuid not null references kept_form on delete cascade,
    number integer not null,
    field varchar(200) not null,
    name varchar(255) not null,
    media_type varchar(200),
    -- too large to be kept: to be chosen again
    lost boolean not null,
    primary key (form_id, number)
);

create table kept_file_chunk (
    form_id uuid not null,
    number integer not null,
    place integer not null,
    bytes bytea not null,
    primary key (form_id, number, place),
    foreign key (form_id, number) references kept_file on delete cascade
);
