/** InfluxDB 2's HTTP API: paths, bodies, status codes and messages as influxd 2.7 has them. */
package candlestack.influxdb.http;
