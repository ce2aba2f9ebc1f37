-- How the mail server behaves, the same for all nodes; written when that changes, and else at most once a minute.
create table mail_server (
    id integer primary key check (id = 1),
    -- null while it takes mail
    trouble varchar(20),
    -- since when no mail has been taken, whatever the trouble was at first
    trouble_since timestamp with time zone,
    -- the one recipient whom the trouble was seen with so far; null if it is the server's
    only_recipient varchar(320),
    delivered_at timestamp with time zone,
    failed_at timestamp with time zone,
    said varchar(1000)
);

insert into mail_server (id) values (1);

-- attempts at which there was no connection; they do not make the next one wait longer
alter table notice add column unconnected integer default 0 not null;
