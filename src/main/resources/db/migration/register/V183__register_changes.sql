-- Figures that the register had and that were replaced by others, with who decided so and why; only ever inserted.
create table register_change (
    id uuid primary key,
    -- the column of the file or form, such as assessed
    field varchar(30) not null,
    party_code varchar(3) not null references party,
    -- the year, or the short name of the instrument
    subject varchar(60) not null,
    before_value varchar(200) not null,
    after_value varchar(200) not null,
    -- what the new value comes from: a file, or the key of a case
    source varchar(500) not null,
    reason varchar(1000) not null,
    changed_at timestamp with time zone not null,
    changed_by varchar(64) not null
);
create index register_change_of_party on register_change (party_code, changed_at);
