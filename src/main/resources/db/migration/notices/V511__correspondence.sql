create table bounce (
    id uuid primary key,
    notice_id uuid not null,
    hard boolean not null,
    status varchar(20),
    said varchar(1000) not null,
    received_at timestamp with time zone not null,
    filed_by varchar(255),
    -- by which a message from the mailbox is known again
    source_key varchar(64) not null unique
);
create index bounce_by_notice on bounce (notice_id, received_at);

create table reply (
    id uuid primary key,
    obligation_id uuid not null,
    notice_id uuid,
    sender varchar(400) not null,
    subject varchar(400) not null,
    body text not null,
    automatic boolean not null,
    received_at timestamp with time zone not null,
    filed_by varchar(255),
    source_key varchar(64) not null unique
);
create index reply_by_obligation on reply (obligation_id, received_at);

-- how far the mailbox was read
create table mailbox_position (
    mailbox varchar(500) primary key,
    validity bigint not null,
    newest bigint not null,
    unmatched bigint not null,
    read_at timestamp with time zone not null,
    problem varchar(1000)
);
