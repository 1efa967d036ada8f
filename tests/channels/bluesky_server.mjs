// Starts the real servers of Bluesky (a directory of identities and a personal data server) from the npm package @atproto/dev-env, with two
// accounts, until the standard input is closed.  Prints "port PDS" and then a line of JSON about the accounts.
//   npm install @atproto/dev-env && node tests/channels/bluesky_server.mjs FOLDER-OF-NODE_MODULES
import { createRequire } from 'node:module'
import path from 'node:path'

const require = createRequire(path.join(path.resolve(process.argv[2] ?? '.'), 'package.json'))
const { TestNetworkNoAppView } = require('@atproto/dev-env')

const network = await TestNetworkNoAppView.create({})
const agent = network.pds.getClient ? network.pds.getClient() : network.pds.getAgent()
const accounts = {}
for (const name of ['acme-care', 'ute-meyer']) {
  const made = await agent.com.atproto.server.createAccount({ email: `${name}@example.org`, handle: `${name}.test`, password: `${name}-password` })
  accounts[name] = { did: made.data.did, handle: `${name}.test`, password: `${name}-password` }
}
console.log(`port ${new URL(network.pds.url).port}`)
console.log(JSON.stringify(accounts))
process.stdin.resume()
process.stdin.on('end', async () => {
  await network.close()
  process.exit(0)
})
