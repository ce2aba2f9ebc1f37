create table campaign (
    id uuid primary key,
    duty varchar(64) not null,
    occasion varchar(64) not null,
    opened_by varchar(64) not null,
    opened_at timestamp with time zone not null
);
create index campaign_opened on campaign (opened_at);

create table campaign_party (
    campaign_id uuid not null references campaign (id),
    party_code varchar(3) not null,
    -- whether the Party had the obligation before this campaign
    already boolean not null,
    primary key (campaign_id, party_code)
);
