// The ten symbols whose price moved most in the last day, in percent of the first price.
prices = from(bucket: "market")
    |> range(start: -1d)
    |> filter(fn: (r) => r._measurement == "bar" and r._field == "close" and r.interval == "1m")

opening = prices |> first() |> group() |> keep(columns: ["symbol", "_value"])
closing = prices |> last() |> group() |> keep(columns: ["symbol", "_value"])

join(tables: {opening: opening, closing: closing}, on: ["symbol"])
    |> map(fn: (r) => ({
        symbol: r.symbol,
        percent: (r._value_closing / r._value_opening - 1.0) * 100.0,
    }))
    |> map(fn: (r) => ({r with moved: if r.percent < 0.0 then -r.percent else r.percent}))
    |> top(n: 10, columns: ["moved"])
    |> drop(columns: ["moved"])
