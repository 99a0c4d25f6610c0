/** A store of time series that speaks InfluxDB 2's HTTP API, as a process of its own. */
package candlestack.influxdb;
