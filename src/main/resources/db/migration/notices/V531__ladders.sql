-- Ladders that the Secretariat set in place of a duty's own: for an occasion or for a Party, the other one empty.
create table ladder (
    duty varchar(64) not null,
    deadline_name varchar(64) not null,
    occasion varchar(64) not null,
    party_code varchar(3) not null,
    rungs text not null,
    set_by varchar(64) not null,
    set_at timestamp with time zone not null,
    primary key (duty, deadline_name, occasion, party_code)
);
