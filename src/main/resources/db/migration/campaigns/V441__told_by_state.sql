-- that a Party was told its state says; how many notices it got the notices themselves tell
alter table meeting_move_party drop column told;
