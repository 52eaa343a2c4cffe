/** Who makes the certificates of brokers and clients. */
export type Certificates = CertManagerCertificates | PemFileCertificates | NoCertificates;

/** cert-manager makes them and renews them. */
export interface CertManagerCertificates {
    readonly source: "cert-manager";
    /** Whether to install cert-manager; there can be one in a cluster. */
    readonly installCertManager: boolean;
    /**
     * Path of its Helm chart.
     *
     * @default - The project's own, from its repository.
     */
    readonly chart?: string;
    /**
     * Who signs the brokers' certificate. Clients' certificates are always signed by a CA of the stack's own.
     *
     * @default - A CA of the stack's own.
     */
    readonly issuer?: IssuerReference;
}

/** An issuer of cert-manager's, or of an extension of it. */
export interface IssuerReference {
    readonly name: string;
    /** `ClusterIssuer`, or `Issuer` for one in Kafka's namespace; extensions have kinds of their own. */
    readonly kind: string;
    /** API group of the kind. */
    readonly group: string;
}

/** Somebody else makes them: paths of PEM files, read at each `pulumi up`. */
export interface PemFileCertificates {
    readonly source: "files";
    /** Certificate of all brokers, and those between it and the CA. */
    readonly certificateFile: string;
    /** Its private key. */
    readonly keyFile: string;
    /** CA, or CAs, that signed it; whoever shows a certificate of theirs is a broker or has its permissions. */
    readonly caFile: string;
    /**
     * CAs that sign the certificates of clients.
     *
     * @default - Needed for listeners with authentication of type `tls`.
     */
    readonly clientsCaFile?: string;
}

/** There are none: nothing is encrypted, and nobody has to prove who they are. */
export interface NoCertificates {
    readonly source: "none";
}
