-- The day from which a payment counts as paid: on which it was found in the books, or, loaded from a file, paid.
alter table contribution_payment add column booked_on date;
update contribution_payment set booked_on = cast(matched_at as date) where matched_at is not null;
alter table contribution_payment add constraint booked_when_matched check ((received is null) = (booked_on is null));
