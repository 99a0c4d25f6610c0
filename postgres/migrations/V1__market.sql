-- Bars, signals and instruments. Columns of bars carry the names of the fields in InfluxDB.
create schema market;

create table market.instruments (
    symbol     text primary key,
    name       text,
    exchange   text,
    currency   text,
    type       text,
    sector     text,
    source     text,
    first_seen timestamptz -- start of the symbol's earliest bar
);

create table market.bars (
    symbol         text             not null,
    interval       text             not null,
    ts             timestamptz      not null, -- start of the bar
    open           double precision not null,
    high           double precision not null,
    low            double precision not null,
    close          double precision not null,
    volume         double precision not null,
    trades         bigint           not null,
    vwap           double precision,
    sma_20         double precision, -- indicators are null until they are warm
    sma_50         double precision,
    ema_12         double precision,
    ema_26         double precision,
    macd           double precision,
    macd_signal    double precision,
    macd_histogram double precision,
    rsi_14         double precision,
    bb_upper       double precision,
    bb_middle      double precision,
    bb_lower       double precision,
    atr_14         double precision,
    volatility_20  double precision,
    closed         boolean          not null,
    primary key (symbol, interval, ts)
);

create index bars_newest on market.bars (ts desc);

create table market.signals (
    symbol   text             not null,
    interval text             not null,
    ts       timestamptz      not null,
    kind     text             not null,
    price    double precision,
    detail   text,
    primary key (symbol, interval, ts, kind)
);

create index signals_newest on market.signals (ts desc);

create view market.latest_bars as
select distinct on (symbol, interval) *
from market.bars
order by symbol, interval, ts desc;

comment on table market.bars is 'Candles from one minute up with their indicators; the bar of now is updated as it forms.';
comment on table market.signals is 'What the rules found; a signal that a late quote takes back is removed.';
comment on view market.latest_bars is 'The newest bar of each symbol and interval.';
