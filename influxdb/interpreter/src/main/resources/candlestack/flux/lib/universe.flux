// What the universe has beyond the functions in Java, each made of those.
package universe

import "date"
import "math"

increase = (tables=<-, columns=["_value"]) => tables
    |> difference(nonNegative: true, columns: columns, keepFirst: true, initialZero: true)
    |> cumulativeSum(columns: columns)

median = (tables=<-, column="_value", method="estimate_tdigest", compression=0.0) => tables
    |> quantile(q: 0.5, column: column, method: method, compression: compression)

stateCount = (tables=<-, fn, column="stateCount") => tables
    |> stateTracking(fn: fn, countColumn: column)

stateDuration = (tables=<-, fn, column="stateDuration", timeColumn="_time", unit=1s) => tables
    |> stateTracking(fn: fn, durationColumn: column, timeColumn: timeColumn, durationUnit: unit)

top = (tables=<-, n, columns=["_value"]) => tables |> sort(columns: columns, desc: true) |> limit(n: n)
bottom = (tables=<-, n, columns=["_value"]) => tables |> sort(columns: columns) |> limit(n: n)

_ranked = (tables=<-, n, column, groupColumns, pick, rank) => tables
    |> group(columns: groupColumns)
    |> pick(column: column)
    |> group()
    |> rank(n: n, columns: [column])

highestMax = (tables=<-, n, column="_value", groupColumns=[]) => tables
    |> _ranked(n: n, column: column, groupColumns: groupColumns, pick: max, rank: top)
highestAverage = (tables=<-, n, column="_value", groupColumns=[]) => tables
    |> _ranked(n: n, column: column, groupColumns: groupColumns, pick: mean, rank: top)
highestCurrent = (tables=<-, n, column="_value", groupColumns=[]) => tables
    |> _ranked(n: n, column: column, groupColumns: groupColumns, pick: last, rank: top)
lowestMin = (tables=<-, n, column="_value", groupColumns=[]) => tables
    |> _ranked(n: n, column: column, groupColumns: groupColumns, pick: min, rank: bottom)
lowestAverage = (tables=<-, n, column="_value", groupColumns=[]) => tables
    |> _ranked(n: n, column: column, groupColumns: groupColumns, pick: mean, rank: bottom)
lowestCurrent = (tables=<-, n, column="_value", groupColumns=[]) => tables
    |> _ranked(n: n, column: column, groupColumns: groupColumns, pick: last, rank: bottom)

timedMovingAverage = (tables=<-, every, period, column="_value") => tables
    |> window(every: every, period: period)
    |> mean(column: column)
    |> duplicate(column: "_stop", as: "_time")
    |> window(every: inf)

doubleEMA = (tables=<-, n) => tables
    |> exponentialMovingAverage(n: n)
    |> duplicate(column: "_value", as: "__once")
    |> exponentialMovingAverage(n: n)
    |> map(fn: (r) => ({r with _value: 2.0 * r.__once - r._value}))
    |> drop(columns: ["__once"])

tripleEMA = (tables=<-, n) => tables
    |> exponentialMovingAverage(n: n)
    |> duplicate(column: "_value", as: "__once")
    |> exponentialMovingAverage(n: n)
    |> duplicate(column: "_value", as: "__twice")
    |> exponentialMovingAverage(n: n)
    |> map(fn: (r) => ({r with _value: 3.0 * (r.__once - r.__twice) + r._value}))
    |> drop(columns: ["__once", "__twice"])

kaufmansER = (tables=<-, n) => tables
    |> chandeMomentumOscillator(n: n)
    |> map(fn: (r) => ({r with _value: math.abs(x: r._value) / 100.0}))

truncateTimeColumn = (tables=<-, unit, timeColumn="_time") => tables
    |> map(fn: (r) => ({r with _time: date.truncate(t: r._time, unit: unit)}))

timeWeightedAvg = (tables=<-, unit) => tables
    |> integral(unit: unit, interpolate: "linear")
    |> map(fn: (r) => ({r with
        _value: r._value * float(v: int(v: unit)) / float(v: int(v: r._stop) - int(v: r._start))}))

cov = (x, y, on, pearsonr=false) => join(tables: {x: x, y: y}, on: on)
    |> covariance(columns: ["_value_x", "_value_y"], pearsonr: pearsonr)
pearsonr = (x, y, on) => cov(x: x, y: y, on: on, pearsonr: true)

hourSelection = (tables=<-, start, stop, location=location, timeColumn="_time") => tables
    |> filter(fn: (r) => {
        hour = date.hour(t: r[timeColumn], location: location)
        return if start <= stop then hour >= start and hour <= stop else hour >= start or hour <= stop
    })

toString = (tables=<-) => tables |> map(fn: (r) => ({r with _value: string(v: r._value)}))
toInt = (tables=<-) => tables |> map(fn: (r) => ({r with _value: int(v: r._value)}))
toUInt = (tables=<-) => tables |> map(fn: (r) => ({r with _value: uint(v: r._value)}))
toFloat = (tables=<-) => tables |> map(fn: (r) => ({r with _value: float(v: r._value)}))
toBool = (tables=<-) => tables |> map(fn: (r) => ({r with _value: bool(v: r._value)}))
toTime = (tables=<-) => tables |> map(fn: (r) => ({r with _value: time(v: r._value)}))
today = () => date.truncate(t: now(), unit: 1d)
