/** What a member in a quorum answers. */
export const serving = (mode: string) => ({
    srvr: `Zookeeper version: 3.8.4\nLatency min/avg/max: 0/0.5/9\nMode: ${mode}\nNode count: 7\n`,
    ruok: "imok",
});

/** What a member without a quorum answers. */
export const NOT_SERVING = {
    srvr: "This ZooKeeper instance is not currently serving requests\n",
    ruok: "imok",
};

/** What a member answers whose words are not allowed. */
export const REFUSING = {
    srvr: "srvr is not executed because it is not in the whitelist.\n",
    ruok: "ruok is not executed because it is not in the whitelist.\n",
};
