-- Deadlines of duties that have more than one; the row of the obligation repeats the one that stands now.
create table obligation_deadline (
    obligation_id uuid not null references obligation (id),
    name varchar(64) not null,
    deadline_on date not null,
    deadline_zone varchar(64) not null,
    deadline_at timestamp with time zone not null,
    deadline_origin varchar(16) not null,
    deadline_reference varchar(2000),
    deadline_provisional boolean not null,
    primary key (obligation_id, name)
);
alter table obligation add column deadline_name varchar(64) default 'due' not null;
-- null in duties with one deadline
alter table obligation_task add column deadline_name varchar(64);
