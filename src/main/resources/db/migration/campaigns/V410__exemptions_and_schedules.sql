-- Parties that an occasion is not opened for, or that were excused from it.
create table campaign_exemption (
    id uuid primary key,
    duty varchar(64) not null,
    occasion varchar(64) not null,
    party_code varchar(3) not null,
    reason varchar(1000) not null,
    exempted_by varchar(64) not null,
    exempted_at timestamp with time zone not null,
    -- null once lifted, so that only one exemption stands at a time
    standing boolean,
    lifted_by varchar(64),
    lifted_at timestamp with time zone,
    unique (duty, occasion, party_code, standing)
);

-- Days on which occasions open by themselves because the Secretariat said so; each goes before the duty's own rule.
create table scheduled_opening (
    id uuid primary key,
    duty varchar(64) not null,
    occasion varchar(64) not null,
    opens_on date not null,
    scheduled_by varchar(64) not null,
    scheduled_at timestamp with time zone not null,
    -- null once cancelled or replaced, so that only one day stands at a time
    standing boolean,
    cancelled_by varchar(64),
    cancelled_at timestamp with time zone,
    unique (duty, occasion, standing)
);

-- Since when occasions open by themselves: what came due before was opened, or not, without this application.
create table automatic_opening (
    id integer primary key check (id = 1),
    since date not null
);

create index campaign_occasion on campaign (duty, occasion);
