// The deepest fall of a symbol below its highest close so far, in percent of that close, over the last day.
symbol = "BTC-USD"

from(bucket: "market")
    |> range(start: -1d)
    |> filter(fn: (r) => r._measurement == "bar" and r._field == "close")
    |> filter(fn: (r) => r.symbol == symbol and r.interval == "1m")
    |> reduce(
        identity: {peak: 0.0, drawdown: 0.0},
        fn: (r, accumulator) => {
            peak = if r._value > accumulator.peak then r._value else accumulator.peak
            below = (1.0 - r._value / peak) * 100.0

            return {peak: peak, drawdown: if below > accumulator.drawdown then below else accumulator.drawdown}
        },
    )
    |> keep(columns: ["symbol", "peak", "drawdown"])
