-- Shares in percent on the United Nations scale of assessments; each counts from its year until the Party's next one.
create table un_scale_share (
    party_code varchar(3) not null references party,
    from_year integer not null,
    percent numeric(6, 3) not null check (percent >= 0 and percent <= 100),
    basis varchar(10) not null check (basis in ('SOURCED', 'RECALLED', 'ASSUMED')),
    source varchar(500) not null,
    primary key (party_code, from_year)
);

-- One row per Party and year, in euro; without an invoice number while money came in before the invoice went out.
create table contribution (
    party_code varchar(3) not null references party,
    contribution_year integer not null,
    invoice_no varchar(60),
    assessed numeric(12, 2) not null check (assessed >= 0),
    basis varchar(10) not null check (basis in ('SOURCED', 'RECALLED', 'ASSUMED')),
    source varchar(500) not null,
    entered_at timestamp with time zone not null,
    entered_by varchar(64) not null,
    primary key (party_code, contribution_year),
    constraint one_year_per_invoice unique (party_code, invoice_no),
    constraint nothing_assessed_without_invoice check (assessed = 0 or invoice_no is not null)
);

-- What a Party says it paid; received, in euro, is what the Secretariat found in its books.
create table contribution_payment (
    id uuid primary key,
    party_code varchar(3) not null,
    contribution_year integer not null,
    amount numeric(12, 2) not null check (amount > 0),
    currency varchar(3) not null check (currency in ('EUR', 'USD')),
    exchange_rate numeric(12, 6) check (exchange_rate > 0),
    paid_on date not null,
    reference varchar(60) not null,
    document uuid,
    notified_at timestamp with time zone not null,
    notified_by varchar(64) not null,
    received numeric(12, 2) check (received >= 0),
    matched_at timestamp with time zone,
    matched_by varchar(64),
    foreign key (party_code, contribution_year) references contribution,
    constraint other_money_has_a_rate check (currency = 'EUR' or exchange_rate is not null),
    constraint matched_as_a_whole check ((received is null) = (matched_at is null) and (received is null) = (matched_by is null))
);
create index payment_by_year on contribution_payment (party_code, contribution_year);

-- The years, of the payment's Party, that the money of a payment was put down to.
create table contribution_receipt (
    payment_id uuid not null references contribution_payment,
    contribution_year integer not null,
    amount numeric(12, 2) not null check (amount > 0),
    primary key (payment_id, contribution_year)
);

create table contribution_dispute (
    id uuid primary key,
    party_code varchar(3) not null,
    contribution_year integer not null,
    reason varchar(4000) not null,
    raised_at timestamp with time zone not null,
    raised_by varchar(64) not null,
    answer varchar(4000),
    answered_at timestamp with time zone,
    answered_by varchar(64),
    foreign key (party_code, contribution_year) references contribution,
    constraint answered_as_a_whole check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null))
);
create index dispute_by_year on contribution_dispute (party_code, contribution_year);

create table instrument (
    code varchar(60) primary key,
    name varchar(300) not null,
    kind varchar(10) not null check (kind in ('AGREEMENT', 'MOU'))
);

create table instrument_membership (
    party_code varchar(3) not null references party,
    instrument_code varchar(60) not null references instrument,
    first_day date not null,
    basis varchar(10) not null check (basis in ('SOURCED', 'RECALLED', 'ASSUMED')),
    source varchar(500) not null,
    primary key (party_code, instrument_code)
);
create index membership_by_instrument on instrument_membership (instrument_code);
