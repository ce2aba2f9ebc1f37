-- The words of names and addresses, folded to small letters without accents, by which people are found. Kept as the
-- bytes of UTF-8, which sort the same in every database whatever its language.
create table term_word (
    word bytea not null,
    term_id uuid not null references term_of_office (id),
    primary key (word, term_id)
);
create index term_word_of_term on term_word (term_id);
