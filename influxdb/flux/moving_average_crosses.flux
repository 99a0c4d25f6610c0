// Where the 20-bar average of a symbol crosses its 50-bar average: 1 upwards, -1 downwards.
symbol = "BTC-USD"
interval = "1m"

from(bucket: "market")
    |> range(start: -1d)
    |> filter(fn: (r) => r._measurement == "bar" and r.symbol == symbol and r.interval == interval)
    |> filter(fn: (r) => r._field == "sma_20" or r._field == "sma_50")
    |> pivot(rowKey: ["_time"], columnKey: ["_field"], valueColumn: "_value")
    |> filter(fn: (r) => exists r.sma_20 and exists r.sma_50)
    |> map(fn: (r) => ({_time: r._time, symbol: r.symbol, side: if r.sma_20 > r.sma_50 then 1 else -1}))
    |> duplicate(column: "side", as: "change")
    |> difference(columns: ["change"])
    |> filter(fn: (r) => r.change != 0)
    |> keep(columns: ["_time", "symbol", "side"])
