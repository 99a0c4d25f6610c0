// Days, weeks and months before now, each as a record of start and stop.
package boundaries

import "date"

_from = (start, length) => ({start: start, stop: date.add(d: length, to: start)})

// The last such day before a date: the date itself does not count.
_before = (day, of) => {
    back = (date.weekDay(t: of) - day + 7) % 7

    return date.sub(d: date.scale(d: 1d, n: if back == 0 then 7 else back), from: of)
}

yesterday = () => _from(start: date.sub(d: 1d, from: today()), length: 1d)
monday = () => _from(start: _before(day: 1, of: today()), length: 1d)
tuesday = () => _from(start: _before(day: 2, of: today()), length: 1d)
wednesday = () => _from(start: _before(day: 3, of: today()), length: 1d)
thursday = () => _from(start: _before(day: 4, of: today()), length: 1d)
friday = () => _from(start: _before(day: 5, of: today()), length: 1d)
saturday = () => _from(start: _before(day: 6, of: today()), length: 1d)
sunday = () => _from(start: _before(day: 0, of: today()), length: 1d)

week = (start_sunday=false, week_offset=0) => {
    back = (date.weekDay(t: today()) - (if start_sunday then 0 else 1) + 7) % 7
    start = date.sub(d: date.scale(d: 1d, n: back), from: today())

    return _from(start: date.add(d: date.scale(d: 1w, n: week_offset), to: start), length: 1w)
}

month = (month_offset=0) => {
    start = date.truncate(t: today(), unit: 1mo)

    return _from(start: date.add(d: date.scale(d: 1mo, n: month_offset), to: start), length: 1mo)
}
