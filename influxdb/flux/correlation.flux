// Pearson's correlation of two symbols' one-minute closes over the last day.
first_symbol = "BTC-USD"
second_symbol = "ETH-USD"

closes = (symbol) => from(bucket: "market")
    |> range(start: -1d)
    |> filter(fn: (r) => r._measurement == "bar" and r._field == "close" and r.interval == "1m")
    |> filter(fn: (r) => r.symbol == symbol)
    |> group()
    |> keep(columns: ["_time", "_value"])

pearsonr(x: closes(symbol: first_symbol), y: closes(symbol: second_symbol), on: ["_time"])
