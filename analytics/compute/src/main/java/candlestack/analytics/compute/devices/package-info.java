/**
 * The stream of device events: each is taken apart into flat rows, one a device; what makes no sense goes aside with
 * the reason; the newest row of each device is its state.
 */
package candlestack.analytics.compute.devices;
