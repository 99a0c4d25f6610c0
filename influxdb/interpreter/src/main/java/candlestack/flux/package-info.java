/** Flux, the query language of InfluxDB 2: parsing and running a query. */
package candlestack.flux;
