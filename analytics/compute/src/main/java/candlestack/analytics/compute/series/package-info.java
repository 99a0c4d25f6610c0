/** Rolling statistics of whatever sources send that is no quote. */
package candlestack.analytics.compute.series;
