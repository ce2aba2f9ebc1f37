create table meeting (
    code varchar(40) primary key,
    kind varchar(32) not null,
    place varchar(200),
    -- ISO 3166-1 alpha-3; null for a meeting held online
    country varchar(3),
    -- the first day of what is known: of the day, month, quarter or year that date_precision names
    opening date,
    date_precision varchar(8),
    closing date,
    zone varchar(64) not null,
    provisional boolean not null,
    check ((opening is null) = (date_precision is null)),
    check (closing is null or opening is not null and closing >= opening)
);

-- Dates published for a duty or for a kind of document, and those that stand in until one is.
create table notified_date (
    -- key of a duty, or kind of document
    subject varchar(64) not null,
    -- code of a meeting, or another occasion such as 2027
    occasion varchar(64) not null,
    due_on date not null,
    -- number of the notification, or where else it was published
    reference varchar(200),
    notified_on date,
    basis varchar(16) not null,
    primary key (subject, occasion)
);

-- Its one row is locked by the node that puts in the reference data.
create table calendar_filling (
    id integer primary key check (id = 1)
);
insert into calendar_filling (id) values (1);
