-- When a node was last there that can send: others, which cannot, hold nothing back meanwhile.
alter table mail_gate add column sender_seen_at timestamp with time zone;

-- A node without a name asks those that work on the same data. In a copy nobody answers.
create table installation_question (
    id uuid primary key,
    asked_at timestamp with time zone not null,
    answer varchar(100)
);
