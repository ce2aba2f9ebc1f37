-- The same act of the Secretariat on many obligations, worked off one by one.
create table bulk_act (
    id uuid primary key,
    -- REMIND, EXTEND, EXCUSE or REASSIGN
    kind varchar(10) not null,
    -- the new last day; of extensions only
    until_on date,
    -- the seat's role; of reassignments only
    seat_role varchar(16),
    reason varchar(2000) not null,
    -- language of the sentences that refusals are told in
    language varchar(8) not null,
    started_by varchar(64) not null,
    started_at timestamp with time zone not null
);
create index bulk_act_started on bulk_act (started_at);

create table bulk_act_item (
    act_id uuid not null references bulk_act (id),
    obligation_id uuid not null references obligation (id),
    -- WAITING, DONE, REFUSED or FAILED
    state varchar(8) not null,
    attempts integer not null,
    -- why it was refused or failed
    told varchar(1000),
    done_at timestamp with time zone,
    primary key (act_id, obligation_id)
);
create index bulk_act_item_state on bulk_act_item (state, attempts);
