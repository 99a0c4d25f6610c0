-- When the broker had the refused event: the event's own time may be absent, or be why it was refused.
alter table devices.errors add column received timestamptz not null default now();
alter table devices.errors alter column received drop default;

drop index devices.errors_newest;
create index errors_newest on devices.errors (received desc);

-- A publisher need not number its events.
alter table devices.latest alter column event_offset drop not null;
create index latest_oldest on devices.latest (event_time);
