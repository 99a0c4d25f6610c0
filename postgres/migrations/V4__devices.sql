create schema devices;

-- Rows that make no sense, as they came; each is a dead letter too.
create table devices.errors (
    event_id        text    not null,
    item            integer not null, -- place of the device in the event, from 0; -1 where the event itself is refused
    customer_id     text,
    event_offset    bigint,
    event_publisher text,
    event_time      timestamptz,
    device_id       text,
    measure         text,
    status          text,
    temperature     double precision,
    reason          text    not null,
    primary key (event_id, item)
);

create index errors_newest on devices.errors (event_time desc);

create table devices.latest (
    device_id       text primary key,
    customer_id     text        not null,
    event_id        text        not null,
    event_offset    bigint      not null,
    event_publisher text,
    event_time      timestamptz not null,
    measure         text,
    status          text,
    temperature     double precision
);
