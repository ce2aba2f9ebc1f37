-- Rows are only ever inserted: a new version is a new document, a new verdict a new scan.
create table document (
    id uuid primary key,
    party_code varchar(3) not null,
    task_id varchar(64) not null,
    slot varchar(200) not null,
    name varchar(150) not null,
    media_type varchar(40) not null,
    size_in_bytes bigint not null,
    sha256 varchar(64) not null,
    uploaded_by varchar(255) not null,
    uploaded_at timestamp with time zone not null
);

create index document_of_party on document (party_code, uploaded_at);
create index document_of_task on document (task_id);

create table document_chunk (
    document_id uuid not null references document (id),
    number integer not null,
    bytes bytea not null,
    primary key (document_id, number)
);

-- The newest scan is the one that counts.
create table document_scan (
    document_id uuid not null references document (id),
    number integer not null,
    verdict varchar(10) not null,
    scanned_at timestamp with time zone not null,
    primary key (document_id, number)
);
