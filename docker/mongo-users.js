// Run once by MongoDB's image, on an empty volume: whoever uses the database may do there what they need to, no more.
const password = (name) => require('fs').readFileSync(`/run/candlestack/${name}.password`, 'utf8').trim();
const admin = db.getSiblingDB('admin');
admin.createUser({
  user: 'candlestack_owner',
  pwd: password('mongodb-owner'),
  roles: [{role: 'dbOwner', db: 'users'}],
});
admin.createUser({
  user: 'candlestack_writer',
  pwd: password('mongodb-writer'),
  roles: [{role: 'readWrite', db: 'users'}],
});
