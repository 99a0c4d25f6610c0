/**
 * One vote a voter: the first by voting time counts, whatever the order of arrival; who votes for whom, and how many of a
 * region's voters have voted.
 */
package candlestack.analytics.compute.votes;
