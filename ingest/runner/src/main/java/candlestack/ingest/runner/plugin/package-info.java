/** Sources that others wrote: found in a folder, each with a class loader of its own, replaced while the host runs. */
package candlestack.ingest.runner.plugin;
