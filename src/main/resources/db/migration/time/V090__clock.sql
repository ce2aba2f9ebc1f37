-- How far the movable clock is ahead of the system's, so that a restart never goes back. At most one row.
create table movable_clock (
    id integer primary key check (id = 1),
    seconds_ahead bigint not null check (seconds_ahead >= 0),
    nanos_ahead integer not null check (nanos_ahead between 0 and 999999999)
);
