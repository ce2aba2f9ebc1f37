-- The words of documents' names, folded to small letters without accents, by which documents are found, the newest
-- first. Kept as the bytes of UTF-8, which sort the same in every database whatever its language.
create table document_word (
    word bytea not null,
    uploaded_at timestamp with time zone not null,
    document_id uuid not null references document (id),
    primary key (word, uploaded_at, document_id)
);
