-- Addresses that mail does not reach; a row goes when the address is corrected or found to work after all.
create table marked_address (
    email_key varchar(254) primary key,
    fault varchar(10) not null check (fault in ('BOUNCED', 'INVALID')),
    said varchar(1000) not null,
    marked_at timestamp with time zone not null
);

create table address_correction (
    id uuid primary key,
    before_email varchar(254) not null,
    after_email varchar(254) not null,
    corrected_at timestamp with time zone not null,
    corrected_by varchar(64) not null
);
