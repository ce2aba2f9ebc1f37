-- Of what a Party owes of a duty and is open, the one that is due first as it stands, and how many there are: a cell of
-- the matrix as it is now. The ledger keeps it with every change, so that nobody has to look through all that is open.
-- No reference to the obligation: checking one would lock a row that another transaction may be about to change.
create table first_due (
    party_code varchar(3) not null,
    duty varchar(64) not null,
    open_count integer not null,
    -- null while nothing is open
    id uuid,
    occasion varchar(64),
    state varchar(20),
    deadline_on date,
    deadline_zone varchar(64),
    deadline_origin varchar(16),
    deadline_reference varchar(2000),
    deadline_provisional boolean,
    deadline_name varchar(64),
    opened_at timestamp with time zone,
    late boolean,
    next_rung varchar(64),
    next_at timestamp with time zone,
    primary key (party_code, duty)
);
insert into first_due (party_code, duty, open_count, id, occasion, state, deadline_on, deadline_zone, deadline_origin,
    deadline_reference, deadline_provisional, deadline_name, opened_at, late, next_rung, next_at)
select party_code, duty, open_count, id, occasion, state, deadline_on, deadline_zone, deadline_origin,
    deadline_reference, deadline_provisional, deadline_name, opened_at, late, next_rung, next_at
from (
    select o.*,
        row_number() over (partition by party_code, duty order by deadline_at, id) as place,
        count(*) over (partition by party_code, duty) as open_count
    from obligation o
    where state in ('OPENING', 'WITH_PARTY', 'WITH_SECRETARIAT')) counted
where place = 1;
