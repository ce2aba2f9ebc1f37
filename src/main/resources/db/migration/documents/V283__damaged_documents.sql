-- Documents whose content did not have the recorded hash when it was last read; a row goes when it has it again.
create table document_damage (
    document_id uuid primary key references document (id),
    found_at timestamp with time zone not null
);
