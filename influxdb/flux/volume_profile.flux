// How much of a symbol was traded at each price level over the last day.
import "math"

symbol = "BTC-USD"
step = 10.0

from(bucket: "market")
    |> range(start: -1d)
    |> filter(fn: (r) => r._measurement == "bar" and r.symbol == symbol and r.interval == "1m")
    |> filter(fn: (r) => r._field == "close" or r._field == "volume")
    |> pivot(rowKey: ["_time"], columnKey: ["_field"], valueColumn: "_value")
    |> map(fn: (r) => ({level: math.floor(x: r.close / step) * step, volume: r.volume}))
    |> group(columns: ["level"])
    |> sum(column: "volume")
    |> group()
    |> sort(columns: ["level"])
