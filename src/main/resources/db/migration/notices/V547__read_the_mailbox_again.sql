-- Answers in which a number looked like a code were kept as bounces, without their texts. They are still in the mailbox;
-- it is read once more from the beginning, which keeps the answers with their cases and nothing else twice.
update mailbox_position set newest = 0, unmatched = 0;
