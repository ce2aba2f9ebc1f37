-- What the Secretariat knows better than the holiday data.
create table holiday_correction (
    -- ISO 3166-1 alpha-3, or secretariat
    country varchar(11) not null,
    on_day date not null,
    -- ADDED: a day off; REMOVED: worked, although the data calls it a holiday
    kind varchar(8) not null,
    note varchar(200) not null,
    primary key (country, on_day)
);
