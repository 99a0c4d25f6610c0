/** Who may do what with which bucket: organisations, users, buckets, authorizations. One small file holds them all. */
package candlestack.influxdb.access;
