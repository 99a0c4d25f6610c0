// Candles of one symbol, the one-minute bars put together to any longer interval.
symbol = "BTC-USD"
every = 5m

bars = from(bucket: "market")
    |> range(start: -1d)
    |> filter(fn: (r) => r._measurement == "bar" and r.symbol == symbol and r.interval == "1m")

part = (field, fn) => bars
    |> filter(fn: (r) => r._field == field)
    |> aggregateWindow(every: every, fn: fn, timeSrc: "_start", createEmpty: false)

union(
    tables: [
        part(field: "open", fn: first),
        part(field: "high", fn: max),
        part(field: "low", fn: min),
        part(field: "close", fn: last),
        part(field: "volume", fn: sum),
    ],
)
    |> pivot(rowKey: ["_time"], columnKey: ["_field"], valueColumn: "_value")
    |> keep(columns: ["_time", "symbol", "open", "high", "low", "close", "volume"])
