/**
 * The export of device readings: part files that are whole as soon as they have their name, and one merged file. The
 * names of the parts say what they hold, so that what is there already is known from the folder alone.
 */
package candlestack.analytics.sinks.csv;
