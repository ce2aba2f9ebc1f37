-- What should have opened by itself and was over when that was noticed; one line for each day on which it should have.
create table missed_opening (
    id uuid primary key,
    duty varchar(64) not null,
    occasion varchar(64) not null,
    -- the day on which it should have opened
    due_on date not null,
    late_kind varchar(16) not null,
    -- the last day of the meeting, or of the last deadline
    late_since date not null,
    found_at timestamp with time zone not null,
    -- null once it has been opened or is not over any more, as dates were moved
    standing boolean,
    -- who decided not to open it, and why
    left_by varchar(64),
    left_at timestamp with time zone,
    reason varchar(1000),
    unique (duty, occasion, due_on)
);
create index missed_opening_standing on missed_opening (standing);
