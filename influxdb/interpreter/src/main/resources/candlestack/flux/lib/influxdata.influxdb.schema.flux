// What a bucket holds.
package schema

tagKeys = (bucket, predicate=(r) => true, start=-30d, stop=now()) =>
    _tagKeys(bucket: bucket, predicate: predicate, start: start, stop: stop)
tagValues = (bucket, tag, predicate=(r) => true, start=-30d, stop=now()) =>
    _tagValues(bucket: bucket, tag: tag, predicate: predicate, start: start, stop: stop)
measurements = (bucket, start=-30d, stop=now()) => tagValues(bucket: bucket, tag: "_measurement", start: start, stop: stop)
fieldKeys = (bucket, predicate=(r) => true, start=-30d, stop=now()) =>
    tagValues(bucket: bucket, tag: "_field", predicate: predicate, start: start, stop: stop)
measurementTagKeys = (bucket, measurement, start=-30d, stop=now()) =>
    tagKeys(bucket: bucket, predicate: (r) => r._measurement == measurement, start: start, stop: stop)
measurementTagValues = (bucket, measurement, tag, start=-30d, stop=now()) =>
    tagValues(bucket: bucket, tag: tag, predicate: (r) => r._measurement == measurement, start: start, stop: stop)
measurementFieldKeys = (bucket, measurement, start=-30d, stop=now()) =>
    fieldKeys(bucket: bucket, predicate: (r) => r._measurement == measurement, start: start, stop: stop)
fieldsAsCols = (tables=<-) => tables |> pivot(rowKey: ["_time"], columnKey: ["_field"], valueColumn: "_value")
