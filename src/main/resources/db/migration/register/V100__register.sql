create table party (
    code varchar(3) primary key,
    name_en varchar(200) not null,
    name_fr varchar(200) not null,
    name_es varchar(200) not null,
    region varchar(50) not null,
    language varchar(2) not null check (language in ('en', 'fr', 'es'))
);

create table seat (
    code varchar(60) primary key,
    role varchar(20) not null,
    party_code varchar(3) references party
);
create index seat_by_party on seat (party_code);

create table account (
    username varchar(64) primary key check (username = lower(username)),
    display_name varchar(200) not null,
    email varchar(254) not null,
    language varchar(2) not null check (language in ('en', 'fr', 'es')),
    party_code varchar(3) references party,
    password_hash varchar(200) not null,
    administrator boolean default false not null,
    enabled boolean default true not null,
    created_at timestamp with time zone not null
);

-- A term that was overtaken before it began has its last day before its first and never counts.
create table term_of_office (
    id uuid primary key,
    seat_code varchar(60) not null references seat,
    username varchar(64) references account,
    name varchar(200) not null,
    email varchar(254) not null,
    language varchar(2) not null check (language in ('en', 'fr', 'es')),
    first_day date not null,
    last_day date,
    confirmed boolean not null,
    evidence uuid,
    person text,
    constraint one_term_per_letter unique (seat_code, evidence),
    constraint only_confirmed_terms_have_evidence check (evidence is null or confirmed)
);
create index term_by_username on term_of_office (username);

create table absence (
    id uuid primary key,
    seat_code varchar(60) not null references seat,
    first_day date not null,
    last_day date not null,
    registered_at timestamp with time zone not null,
    constraint absence_in_order check (last_day >= first_day)
);
create index absence_by_seat on absence (seat_code);

-- One row, locked while a node fills the register at start-up, so that nodes starting together take turns.
create table register_filling (
    id integer primary key check (id = 1)
);
insert into register_filling (id) values (1);
